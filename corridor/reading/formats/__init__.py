"""How the bytes of each format become features, a module each; whether they make a good route is not asked."""
