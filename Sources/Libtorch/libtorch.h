// Carries libtorch's include and library paths (from its .pc file) to the targets that depend on it.
// It declares nothing: CTorch includes libtorch's own C++ headers.
