// SPDX-License-Identifier: Apache-2.0
// One pair of ns-3's lr-wpan devices that exchanges a request and a response again and again, with
// CSMA-CA and acknowledgements. Prints exchanges per second of processor time, and the
// virtual milliseconds of one.
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <ns3/constant-position-mobility-model.h>
#include <ns3/log.h>
#include <ns3/lr-wpan-mac.h>
#include <ns3/lr-wpan-net-device.h>
#include <ns3/node.h>
#include <ns3/packet.h>
#include <ns3/propagation-delay-model.h>
#include <ns3/propagation-loss-model.h>
#include <ns3/simulator.h>
#include <ns3/single-model-spectrum-channel.h>

using namespace ns3;

// Octets above the MAC header and without its check sequence: 62 and 112 less 11.
static const uint32_t REQUEST = 51;
static const uint32_t RESPONSE = 101;

static Ptr<LrWpanNetDevice> device, hub;
static uint64_t exchanges = 0, wanted = 0;

static void Send(Ptr<LrWpanNetDevice> from, Mac16Address to, uint32_t octets) {
  McpsDataRequestParams p;
  p.m_dstPanId = 0;
  p.m_srcAddrMode = SHORT_ADDR;
  p.m_dstAddrMode = SHORT_ADDR;
  p.m_dstAddr = to;
  p.m_msduHandle = 0;
  p.m_txOptions = TX_OPTION_ACK;
  from->GetMac()->McpsDataRequest(p, Create<Packet>(octets));
}

static void AtHub(McpsDataIndicationParams, Ptr<Packet>) {
  Simulator::ScheduleNow(&Send, hub, Mac16Address("00:01"), RESPONSE);
}

static void AtDevice(McpsDataIndicationParams, Ptr<Packet>) {
  if (++exchanges == wanted) {
    Simulator::Stop();
  } else {
    Simulator::ScheduleNow(&Send, device, Mac16Address("00:02"), REQUEST);
  }
}

static Ptr<LrWpanNetDevice> Make(Ptr<SpectrumChannel> channel, const char* address, double x) {
  Ptr<Node> node = CreateObject<Node>();
  Ptr<LrWpanNetDevice> made = CreateObject<LrWpanNetDevice>();
  made->SetAddress(Mac16Address(address));
  made->SetChannel(channel);
  node->AddDevice(made);
  Ptr<ConstantPositionMobilityModel> place = CreateObject<ConstantPositionMobilityModel>();
  place->SetPosition(Vector(x, 0, 0));
  made->GetPhy()->SetMobility(place);
  return made;
}

int main(int argc, char** argv) {
  wanted = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20000;
  Ptr<SingleModelSpectrumChannel> channel = CreateObject<SingleModelSpectrumChannel>();
  channel->AddPropagationLossModel(CreateObject<LogDistancePropagationLossModel>());
  channel->SetPropagationDelayModel(CreateObject<ConstantSpeedPropagationDelayModel>());
  device = Make(channel, "00:01", 0);
  hub = Make(channel, "00:02", 5);
  device->GetMac()->SetMcpsDataIndicationCallback(MakeCallback(&AtDevice));
  hub->GetMac()->SetMcpsDataIndicationCallback(MakeCallback(&AtHub));
  Simulator::ScheduleNow(&Send, device, Mac16Address("00:02"), REQUEST);
  std::clock_t start = std::clock();
  Simulator::Run();
  double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  double millis = Simulator::Now().GetSeconds() * 1000 / exchanges;
  std::cout << exchanges / seconds << " " << millis << std::endl;
  Simulator::Destroy();
  return exchanges == wanted ? 0 : 1;
}
