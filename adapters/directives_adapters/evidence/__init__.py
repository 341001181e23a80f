"""Evidence packs: an answer with the proof that it rests on, checked by one script without anything of this project."""

from directives_adapters.evidence.pack import pack_anchors, write_pack

__all__ = ["pack_anchors", "write_pack"]
