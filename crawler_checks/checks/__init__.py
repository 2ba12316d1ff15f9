"""What is asked of a site: one file a check, all of them named in `registry.py`."""
