"""How a careless change gets into a running house, with no word of the product touched.

The folder of a mutant stands first on PYTHONPATH, so every process of the house loads its sitecustomize.py.
"""

import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec


class _After(MetaPathFinder):
    def __init__(self, name, change):
        self.name, self.change = name, change

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        load = spec.loader.exec_module

        def load_and_change(module):
            load(module)
            self.change(module)

        spec.loader.exec_module = load_and_change
        return spec


def after(name, change):
    """Once the module of this name is loaded, it is changed."""
    sys.meta_path.insert(0, _After(name, change))
