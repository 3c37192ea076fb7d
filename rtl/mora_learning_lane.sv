// What one lane of the learning engine has (docs/core.md, section 10.2): a copy of the surrogate table, and a bank of surrogates, of
// errors and of signals. An error or signal stands above the column draw of its neuron.
module mora_learning_lane #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    // The update writes a group of a hidden population; the lane's neuron has a surrogate; else psi is 0.
    input  logic                                        psi_write_i,
    input  logic                                        psi_lookup_i,
    input  logic [             mora_pkg::MEMBRANE_BITS:0] distance_i,
    input  logic [                                   4:0] surrogate_shift_i,
    input  logic [mora_pkg::SURROGATES_ADDRESS_BITS-1:0] psi_write_address_i,
    input  logic                                        psi_read_i,
    input  logic [mora_pkg::SURROGATES_ADDRESS_BITS-1:0] psi_address_i,
    output logic [         mora_pkg::SURROGATE_BITS-1:0] psi_o,

    input  logic                                    error_write_i,
    input  logic [mora_pkg::ERRORS_ADDRESS_BITS-1:0] error_write_address_i,
    input  logic [        mora_pkg::ERRORS_BITS-1:0] error_write_data_i,
    input  logic                                    error_read_i,
    input  logic [mora_pkg::ERRORS_ADDRESS_BITS-1:0] error_address_i,
    output logic [        mora_pkg::ERRORS_BITS-1:0] error_o,

    input  logic                                     signal_write_i,
    input  logic [mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_write_address_i,
    input  logic [        mora_pkg::SIGNALS_BITS-1:0] signal_write_data_i,
    input  logic                                     signal_read_i,
    input  logic [mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_address_i,
    output logic [        mora_pkg::SIGNALS_BITS-1:0] signal_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic [mora_pkg::HOST_WORD_BITS-1:0] host_surrogates, host_errors, host_signals;

  if (mora_pkg::SURROGATES_WORDS > 0) begin : gen_hidden
    mora_surrogate #(
        .Lane(Lane)
    ) u_surrogate (
        .clk_i,
        .rst_ni,
        .write_i       (psi_write_i),
        .lookup_i      (psi_lookup_i),
        .distance_i,
        .shift_i       (surrogate_shift_i),
        .address_i     (psi_write_address_i),
        .read_i        (psi_read_i),
        .read_address_i(psi_address_i),
        .psi_o,
        .host_i,
        .host_data_o   (host_surrogates)
    );
    mora_ram #(
        .Words      (mora_pkg::SIGNALS_WORDS),
        .AddressBits(mora_pkg::SIGNALS_ADDRESS_BITS),
        .Bits       (mora_pkg::SIGNALS_BITS),
        .MacroBits  (mora_pkg::SIGNALS_MACRO_BITS),
        .Region     (mora_pkg::SIGNALS_REGION),
        .Bank       (Lane)
    ) u_signals (
        .clk_i,
        .rst_ni,
        .read_i         (signal_read_i),
        .read_address_i (signal_address_i),
        .read_data_o    (signal_o),
        .write_i        (signal_write_i),
        .write_address_i(signal_write_address_i),
        .write_data_i   (signal_write_data_i),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o    (host_signals)
    );
  end else begin : gen_no_hidden
    assign psi_o           = '0;
    assign signal_o        = '0;
    assign host_surrogates = '0;
    assign host_signals    = '0;
    logic unused;
    assign unused = ^{psi_write_i, psi_lookup_i, distance_i, surrogate_shift_i, psi_write_address_i, psi_read_i, psi_address_i,
                      signal_write_i, signal_write_address_i, signal_write_data_i, signal_read_i, signal_address_i};
  end

  mora_ram #(
      .Words      (mora_pkg::ERRORS_WORDS),
      .AddressBits(mora_pkg::ERRORS_ADDRESS_BITS),
      .Bits       (mora_pkg::ERRORS_BITS),
      .MacroBits  (mora_pkg::ERRORS_MACRO_BITS),
      .Region     (mora_pkg::ERRORS_REGION),
      .Bank       (Lane)
  ) u_errors (
      .clk_i,
      .rst_ni,
      .read_i         (error_read_i),
      .read_address_i (error_address_i),
      .read_data_o    (error_o),
      .write_i        (error_write_i),
      .write_address_i(error_write_address_i),
      .write_data_i   (error_write_data_i),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (host_errors)
  );

  assign host_data_o = host_surrogates | host_errors | host_signals;

endmodule
