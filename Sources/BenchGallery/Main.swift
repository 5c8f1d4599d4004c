// Measures searching a gallery, in turns with another process: reads commands, answers each with a line of JSON.
//
//   bench-gallery make ROWS GALLERY       enrols every row of a safetensors file under its number
//   bench-gallery search GALLERY QUERIES  opens the gallery and answers the first query; then, for each line of
//                                         standard input, "full", "codes" or "many", searches once that way
//
// scripts/bench/gallery.py runs it beside numpy.

@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("make", 3): try makeGallery(rows: arguments[1], gallery: arguments[2])
        case ("search", 3): try serveSearches(gallery: arguments[1], queries: arguments[2])
        default: print("usage: bench-gallery make ROWS GALLERY | search GALLERY QUERIES")
        }
    }
}
