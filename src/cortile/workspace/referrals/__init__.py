"""Referrals: how one is sent and followed, and the page a partner answers on."""
