"""What runs in a browser and what it looks like there: the scripts and style sheets of the pages and of a story's file.

Each component has a folder: `reader` is where text and map meet, `route` where a reader's own route meets what was
found in it, `presenter` where a story stands before an audience, `page` a story as a file of its own, read and
presented without any server. What several of them use lies in `shared`, and what only one uses does not; a component
refers to its own files and to those alone. The folders lie beside each other here and in every address, so that their
files can refer to one another; there is no Python in them.
"""
