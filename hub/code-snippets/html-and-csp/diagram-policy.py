# The sandboxed frame in which diagrams are drawn may do a little more, and reach nothing.
# Quoted from src/nexus/web/pages/operations.py#L9-L15

#: Mermaid writes styles into its drawings, so the frame alone may hold inline ones. It has no
#: origin (``sandbox``), so whatever a diagram does stays in it.
DIAGRAM_POLICY = (
    "default-src 'none'; script-src 'self' {host}; style-src 'self' {host} 'unsafe-inline'; "
    "img-src data:; font-src 'self' {host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-scripts"
)
