# The content security policy of every page: nothing inline, nothing from elsewhere but pictures.
# Quoted from src/nexus/web/middleware.py#L21-L35

#: Nothing inline, nothing from elsewhere but pictures, no framing by others. Forms may lead to
#: those who vouch for people, as browsers follow a form through redirects.
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' https: data:; "
    "connect-src 'self'; "
    "font-src 'self'; "
    "frame-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
