extension SFNet.Configuration {
    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network.
    public func validate() throws(NetworkSettingError) {
        guard input.count == 3, input.allSatisfy({ $0 >= 1 }) else {
            throw NetworkSettingError(
                key: "input", value: "\(input)",
                reason: "is no picture's shape; write [channels, height, width], such as [3, 112, 112]")
        }
        guard !channels.isEmpty, channels.allSatisfy({ $0 >= 1 }) else {
            throw NetworkSettingError(
                key: "channels", value: "\(channels)",
                reason: "must list one number from 1 on per stage, such as [32, 64, 128, 256]")
        }
        guard blocks.count == channels.count, blocks.allSatisfy({ $0 >= 0 }) else {
            throw NetworkSettingError(
                key: "blocks", value: "\(blocks)",
                reason: "must list one number from 0 on for each of the \(channels.count) stages "
                    + "that channels names (\(channels))")
        }
        guard embedding >= 2 else {
            throw NetworkSettingError(
                key: "embedding", value: "\(embedding)",
                reason: "leaves no room for angles; write 2 or more, such as 512")
        }
    }
}
