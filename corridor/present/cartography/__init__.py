"""Static maps, composed for paper and slides: from a map request and the shipped land to a drawing anyone can write."""
