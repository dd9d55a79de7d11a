"""The verifier that needs no network: one file of HTML, made here out of the others.

The modules of JavaScript beside this file check seals and credentials in a browser; the
public keys, the list of what ended and the words of each language are written into it.
"""
