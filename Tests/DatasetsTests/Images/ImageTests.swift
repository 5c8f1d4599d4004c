import Testing

@testable import Datasets

@Suite struct ImageTests {
    @Test func samplesAreInterleavedRows() {
        var image = Image(width: 2, height: 2, channels: 3, pixels: Array(0..<12))
        #expect(image[1, 0, 2] == 5)
        #expect(image[0, 1, 0] == 6)
        image[0, 1, 0] = 99
        #expect(image.pixels[6] == 99)
    }

    @Test func greyAgreesWithPillow() throws {
        let image = try Fixture.expected("operations/color")
        #expect(try image.grey() == Fixture.expected("operations/luma"))
    }

    @Test func greyOfGreyAndBackIsTheSame() {
        let every = Image(width: 256, height: 1, channels: 1, pixels: Array(0...255))
        #expect(every.rgb().grey() == every)
        #expect(every.grey() == every)
        #expect(every.converted(toChannels: 3).channels == 3)
    }
}
