"""The command line: for setting up, for the owner, for scripts. A command a file, loaded late.

main.py reads the line and turns what goes wrong into a sentence; a command's `run` does the work
and gives the exit status.
"""
