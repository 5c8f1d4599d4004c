import Testing

@testable import Datasets

@Suite struct SampleCacheTests {
    @Test func loadsOnceWhatFits() throws {
        let cache = SampleCache(byteLimit: 25)
        var loads = 0
        for _ in 0..<3 {
            for index in 0..<3 {
                let image = cache.sample(index) {
                    loads += 1
                    return Image(width: 10, height: 1, channels: 1, filledWith: UInt8(index))
                }
                #expect(image.pixels[0] == UInt8(index))
            }
        }
        // Two of three fit; the third is loaded each time.
        #expect(cache.byteCount == 20)
        #expect(loads == 5)
    }

    @Test func errorsAreNotKept() throws {
        let cache = SampleCache<Int>(byteLimit: 8) { _ in 8 }
        #expect(throws: ImageError.empty) { try cache.sample(0) { throw ImageError.empty } }
        #expect(cache.sample(0) { 5 } == 5)
        #expect(cache.sample(0) { 6 } == 5)
    }
}
