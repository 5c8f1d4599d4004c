import Datasets
import Verification

extension DataError {
    /// What `body` makes of samples or trials; what cannot be made of them says of which.
    static func naming<Result>(_ place: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as VerificationError {
            throw DataError(path: place, message: "cannot be measured: \(error)")
        }
    }
}
