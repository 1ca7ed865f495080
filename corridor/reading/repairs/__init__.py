"""How what a check finds is mended, with an account of it; which repairs are made is chosen in `mend`."""
