"""The rent: what is owed, the letters in plain words, and from «non riesco a pagare» to an hour with a person."""
