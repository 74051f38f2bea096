"""Who helps, with what, where and when: organisations and services in the words of Open Referral HSDS 3.1."""
