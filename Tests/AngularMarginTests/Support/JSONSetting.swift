import AngularMargin

/// A setting in a file of fixtures: a number or a word.
struct JSONSetting: Decodable {
    let value: HeadParameterValue

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = .number(number)
        } else {
            value = .word(try container.decode(String.self))
        }
    }
}
