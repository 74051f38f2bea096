"""«Informazioni utili»: help in one tap, out in one, and nothing of ours left behind."""
