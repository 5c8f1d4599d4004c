import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4 and of NIST's test vectors.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func publishedExamples(_ text: String, _ expected: String) {
        #expect(SHA256.hexadecimal(of: Data(text.utf8)) == expected)
    }

    @Test func everyLengthOfPaddingAsThePythonLibraryHasIt() throws {
        // hashlib.sha256(b"".join(hashlib.sha256(bytes([7]) * n).digest() for n in range(200))).hexdigest()
        var digests = Data()
        for count in 0..<200 {
            let digest = SHA256.hexadecimal(of: Data(repeating: 7, count: count))
            digests += stride(from: 0, to: 64, by: 2).compactMap { UInt8(digest.dropFirst($0).prefix(2), radix: 16) }
        }
        #expect(
            SHA256.hexadecimal(of: digests) == "519daaedc4c7ded9bd4fc012c7be98d0b24388befe914b0cb72cd28a49da8d9c")
    }

    @Test func ofAFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a", "abc")
        #expect(try SHA256.hexadecimal(ofFile: file) == SHA256.hexadecimal(of: Data("abc".utf8)))
        #expect(try SHA256.hexadecimal(ofFile: folder.write("b", "")) == SHA256.hexadecimal(of: Data()))
    }
}
