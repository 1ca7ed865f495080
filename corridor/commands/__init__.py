"""The command line: arguments, printed lines, exit statuses; what a command does is done in the other folders."""
