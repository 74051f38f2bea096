"""W3-C: the answer to an application, with the sum and the checks it came from."""
