"""How questions and their figures come to the pages; how an answer reads is in present/registers."""
