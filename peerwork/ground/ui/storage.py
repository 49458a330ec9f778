"""Static files under names that change with their content, so that a browser may keep them for good."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """With names inside modules' imports changed too."""

    support_js_module_import_aggregation = True
    # As deep as modules import one another here, with room to spare: a name changes with what it imports.
    max_post_process_passes = 20
