"""From an office's files to records: every reader gives what it could read and a Problem for what it could not."""
