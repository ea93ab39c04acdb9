"""Who may do what, in which order, provably: users, operations, the audit chain, drafts,
approvals, paper.
"""
