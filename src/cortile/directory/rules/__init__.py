"""What the directory decides, pure: how fresh a card is, whether a place is open, and whether two cards are one."""
