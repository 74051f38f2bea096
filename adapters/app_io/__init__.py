"""App IO, the State's app for messages of public bodies: see README.md."""
