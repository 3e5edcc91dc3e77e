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
#: What has ended is known for so long still. A push that an app began with a token that was good
#: takes minutes, and it is looked up once more before anything moves; if the app has asked for
#: another one meanwhile, it must be told from one that was taken back.
KNOWN_AFTER = timedelta(hours=1)
