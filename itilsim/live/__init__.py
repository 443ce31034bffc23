"""The live core: a case whose levers are moved, answered from lifetimes that are lived at once, kept, and priced again."""
