"""ClamAV, the free antivirus: see README.md."""
