public import Shop
public import Store

extension Store {
    /// Draws a file anew and puts it on a machine’s page. Throws as `addPicture` and `PictureTool.drawn` do; nothing is drawn
    /// for a machine that takes none.
    public func addPicture(
        file bytes: [UInt8],
        of label: DeviceLabel,
        caption: PictureCaption?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AddedPicture {
        try PictureFile.check(bytes: bytes.count)
        try await checkPicture(PictureTool.sha256(bytes), of: label, by: staff)
        return try await addPicture(
            PictureTool.drawn(bytes),
            of: label,
            caption: caption,
            key: key,
            by: staff
        )
    }
}
