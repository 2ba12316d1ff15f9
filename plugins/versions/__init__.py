"""What a text was before: the versions that git keeps, and what differs between two of them, word by word."""
