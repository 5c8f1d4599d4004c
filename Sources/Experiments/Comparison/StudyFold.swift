import Foundation

/// One split of a study's data.
struct StudyFold {
    let name: String
    /// What makes it, as `key=value` for the recipe.
    let settings: [String]

    /// Starts the draws of its identities: the same in every run of it, and others than another fold's.
    var drawSeed: UInt64 {
        UInt64(SHA256.hexadecimal(of: Data(name.utf8)).prefix(8), radix: 16) ?? 1
    }
}
