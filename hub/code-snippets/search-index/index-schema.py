# The fields of the index: text to find, values to filter by, the record to show.
# Quoted from src/nexus/search/schema.py#L53-L71

def build_schema() -> tantivy.Schema:
    """The schema of ``SCHEMA_VERSION``."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="position")
    for name in (NAMES, LOOSE):
        builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
    for name in (SPELLING, RUNS):
        builder.add_text_field(name, tokenizer_name="terms", index_option="basic")
    for name in FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="value", index_option="basic", fast=True)
    builder.add_json_field(LABELS, tokenizer_name="value", index_option="basic", fast=True)
    for name in ("key", MARKER, "audience", WHOLE_TITLE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("record", stored=True)
    builder.add_float_field("weight", fast=True)
    builder.add_integer_field("updated", fast=True)
    builder.add_unsigned_field("cursor", stored=True)
    return builder.build()
