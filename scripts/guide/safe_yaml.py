"""YAML as this project reads it: the fast safe loader, and no aliases in what writers write."""

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def alias(text: str) -> tuple[str, int] | None:
    """Return the first alias in a YAML text and its line from 0. An alias can unfold without end; nobody needs one."""
    for event in yaml.parse(text, Loader=LOADER) if "*" in text else ():
        if isinstance(event, yaml.AliasEvent):
            return event.anchor, event.start_mark.line
    return None


class _Configuration(LOADER):
    """The loader of mkdocs.yml: what a tag of MkDocs stands for (!ENV, !!python/name) is None, and nothing is run."""


_Configuration.add_multi_constructor("", lambda loader, suffix, node: None)


def configuration(text: str) -> object:
    """Return what mkdocs.yml says of itself, without its environment."""
    return yaml.load(text, Loader=_Configuration)
