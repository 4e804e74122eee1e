"""Auditing a folder of submissions: what is in it, checking it on all cores, and keeping what was found."""
