"""What pages know of one visit: its files, routes, jobs and cookie; what is kept itself is in store."""
