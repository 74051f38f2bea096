"""Referrals: a person is sent to a service outside, with her yes or another basis, and we hear how it ended."""
