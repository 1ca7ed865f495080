"""What no geometry can judge and a reader of the answers must look up elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One matter that a line on a map does not settle; `clause` is the one it belongs to, None for none."""

    id: str
    clause: str | None
    matter: str
    needs: str


UNJUDGED: tuple[Unjudged, ...] = (
    Unjudged(
        "N1", "joint-declaration/3", "Sovereignty and jurisdiction in practice", "Who checks, and under whose law."
    ),
    Unjudged(
        "N2", "joint-declaration/3", "“Unimpeded” as a legal standard", "The inspection arrangements agreed for it."
    ),
    Unjudged("N3", "joint-declaration/4", "“Good faith”", "Conduct over time."),
    Unjudged(
        "N4", "joint-declaration/4", "“In the most expeditious manner”", "Dated milestones, promised and delivered."
    ),
    Unjudged("N5", "joint-declaration/4", "“Mutually determined third parties”", "A document that names them."),
    Unjudged("N6", None, "The legal force of the Declaration and of the framework", "The documents and their lawyers."),
    Unjudged("N7", "joint-declaration/1", "Signing and ratification of the agreement", "The acts themselves."),
    Unjudged("N8", "joint-declaration/2", "The closing of the OSCE Minsk Process", "The decision and its completion."),
    Unjudged("N9", "joint-declaration/5", "Use of force and revenge", "Conduct; no land is lit for it."),
    Unjudged("N10", None, "Ownership and terms of the project company", "The agreements on it."),
    Unjudged("N11", None, "Whether access is reciprocal in fact", "The rules for each side's cargo."),
    Unjudged("N12", None, "Cost, demand and revenue", "A feasibility study that is published."),
    Unjudged("N13", None, "Security and forces of third parties", "The agreement's text and practice."),
    Unjudged("N14", None, "Compatibility with the customs rules of the Eurasian Economic Union", "Customs law."),
    Unjudged("N15", None, "The concession on the railways of Armenia", "The concession and any change to it."),
)
