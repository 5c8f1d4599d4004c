#ifndef CTORCH_ERROR_H
#define CTORCH_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/// Why the last failing call on this thread failed; valid until the next failing call on it.
const char *ct_error_message(void);

#ifdef __cplusplus
}
#endif
#endif
