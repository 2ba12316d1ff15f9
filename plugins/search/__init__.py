"""Search in Chinese on a plain file server: one analyzer, one static index, read by browsers and by Whoosh."""
