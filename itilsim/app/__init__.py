"""The app: a workbench in the browser where levers are moved and the answer follows; it listens on this machine only.

A page is made on the server in the words of the catalogue, as the report is, with the report's figures and behaviours. Dash carries what
changes while it is open: each kind of question has a store that the page fills and one that the server fills.
"""
