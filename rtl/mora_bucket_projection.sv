// The projection of a bucket (scheme 3): the last one whose first bucket is not above it. One comparator a projection.
module mora_bucket_projection (
    input  logic                        [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,
    input  logic                        [                        mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_i,
    output mora_pkg::projection_t projection_o
);

  localparam int unsigned Bits = mora_pkg::PROJECTION_RECORD_BITS;

  logic [mora_pkg::PROJECTION_COUNT-1:0] reached;

  mora_pkg::projection_t projection;

  always_comb begin
    for (int unsigned i = 0; i < mora_pkg::PROJECTION_COUNT; i++) begin
      projection = projections_i[i*Bits+:Bits];
      reached[i] = projection.first_bucket <= bucket_i;
    end
  end

  always_comb begin
    projection_o = projections_i[Bits-1:0];
    for (int unsigned i = 1; i < mora_pkg::PROJECTION_COUNT; i++) begin
      if (reached[i]) projection_o = projections_i[i*Bits+:Bits];
    end
  end

  // Below the first bucket of the second projection everything is the first's; a record's other fields matter elsewhere.
  logic unused_first;
  assign unused_first = ^{reached[0], projection};

endmodule
