"""What an inspection found, for people (text, HTML) and for programs (JSON)."""
