"""What time it is, for visits that are allowed at certain hours only. Front doors hand it on, to other processes too."""

from datetime import datetime, time


def time_of_day() -> time:
    """The time of day where this computer is."""
    return datetime.now().astimezone().time()
