"""The inspector: brings a public site back, judges it by a profile, and says what it found."""
