"""YAML as this project reads it: the fast safe loader, and no aliases."""

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def alias(text: str) -> tuple[str, int] | None:
    """Return the first alias in a YAML text and its line from 0. An alias can unfold without end; nobody needs one."""
    for event in yaml.parse(text, Loader=LOADER) if "*" in text else ():
        if isinstance(event, yaml.AliasEvent):
            return event.anchor, event.start_mark.line
    return None
