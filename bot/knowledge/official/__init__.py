"""The national listing as its portal publishes it: read, compared with our records, turned into drafts.

Nothing here is shown to citizens. The portal's wording stays in drafts until a person has rewritten it.
"""
