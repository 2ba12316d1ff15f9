"""What `tasks.py` does, a module a subject; each imports what it needs when a task runs."""
