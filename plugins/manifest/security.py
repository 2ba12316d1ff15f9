"""The headers by which browsers are told what pages of this site may do: very little, as they need very little."""

from __future__ import annotations

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("X-Frame-Options", "SAMEORIGIN"),
)


def nginx_headers(indent: str) -> str:
    """The headers as nginx has them, a line each.

    HTTPS is the host's affair: a section of a portal must not decide it for the whole host.
    """
    return "\n".join(f'{indent}add_header {name} "{value}" always;' for name, value in HEADERS)
