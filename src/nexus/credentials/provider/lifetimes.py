"""How long what an app is handed works."""

from datetime import timedelta

#: The way of a browser back to the app, and of the app to the hub (RFC 6749, section 4.1.2).
CODE = timedelta(minutes=1)
ACCESS = timedelta(hours=1)
#: From its last use on: each use brings a new one.
REFRESH = timedelta(days=30)
#: To find another device and type the code there (RFC 8628, section 3.2).
DEVICE = timedelta(minutes=10)
#: How long a device waits between two questions, in seconds (RFC 8628, section 3.5).
DEVICE_INTERVAL_SECONDS = 5
#: Who somebody is, is looked at once and not shown again.
IDENTITY = timedelta(minutes=5)
